package io.otabridge.aliyun.config;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Option;
import java.util.Locale;

/**
 * A host name and all names below it. Immutable.
 *
 * @param name in lower case, without a leading full stop
 */
public record HostSuffix(String name) {

    /** The hosts of Alibaba Cloud's object store. */
    static final HostSuffix ALIBABA = new HostSuffix("aliyuncs.com");

    private static final String LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final StringConstraint SUFFIX = StringConstraint.matching(
            "host suffix",
            "localhost|\\.?(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")+",
            "a host name with at least one full stop, or the end of one, such as .aliyuncs.com");

    /** Reads {@code upload-host-suffix}; absent if it is not set, or an error was reported. */
    static Option<HostSuffix> read(SettingsReader settings) {
        return settings.text("upload-host-suffix", SUFFIX).map(HostSuffix::of);
    }

    private static HostSuffix of(String text) {
        String name = text.startsWith(".") ? text.substring(1) : text;
        return new HostSuffix(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the hosts beside this one: those with the same name except for its first label. An address, and a name
     * with fewer than three labels, has none beside it.
     */
    public static HostSuffix beside(String host) {
        boolean isAddress = host.contains(":") || host.matches("[0-9.]+");
        int end = host.indexOf('.');
        return new HostSuffix(isAddress || end < 0 || host.indexOf('.', end + 1) < 0 ? host : host.substring(end + 1));
    }

    /** Returns whether a host, in lower case, has this name or one below it. */
    public boolean contains(String host) {
        return host.equals(name) || host.endsWith("." + name);
    }

    @Override
    public String toString() {
        return name;
    }
}
