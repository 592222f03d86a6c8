package io.otabridge.domain.backend;

import io.vavr.control.Option;

/**
 * One thing that is wrong in a configuration.
 *
 * @param key the path of the setting, such as {@code backends.prod.region}
 * @param line the line in the file, from 1; absent if the configuration does not come from a file
 * @param problem what is wrong and what is allowed, as the end of a sentence that begins with the key
 */
public record SettingFault(String key, Option<Integer> line, String problem) {

    @Override
    public String toString() {
        return line.map(number -> "line " + number + ": ").getOrElse("") + key + " " + problem;
    }
}
