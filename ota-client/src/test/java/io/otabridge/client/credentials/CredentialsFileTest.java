package io.otabridge.client.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsFileTest {

    @Test
    void reads_values_by_section_and_key() {
        CredentialsFile file =
                CredentialsFile.parse("; note\n# note\r\nlost = 1\n[ Basic ]\nAK = a=b \nempty =\n\n[other]\nak=c\n");

        assertThat(file.value("basic", "ak")).contains("a=b");
        assertThat(file.value("other", "AK")).contains("c");
        assertThat(file.value("basic", "empty")).isEmpty();
        assertThat(file.value("basic", "lost")).isEmpty();
        assertThat(file.value("missing", "ak")).isEmpty();
        assertThat(file.sections()).containsExactly("Basic", "other");
    }

    @ParameterizedTest
    @ValueSource(strings = {" #", " ;", "\t#", "\t;", "    # a # b", " #;", " ; =x"})
    void a_comment_after_white_space_is_not_part_of_the_value(String comment) {
        CredentialsFile file = CredentialsFile.parse(
                "[default]" + comment + "\r\nak = a" + comment + "\nempty =" + comment + "\n" + comment + "sk = no\n");

        assertThat(file.value("default", "ak")).contains("a");
        assertThat(file.value("default", "empty")).isEmpty();
        assertThat(file.value("default", "sk")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#b", "a;b", "#a", "a#", "a=#b;c"})
    void a_comment_character_without_white_space_belongs_to_the_value(String value) {
        assertThat(CredentialsFile.parse("[default]\nak=" + value).value("default", "ak"))
                .contains(value);
    }

    @Test
    void sections_that_differ_only_in_case_are_separate() {
        CredentialsFile file = CredentialsFile.parse("[prod]\nak = 1\n[PROD]\nsk = 2\n");

        assertThat(file.value("prod", "sk")).isEmpty();
        assertThat(file.value("PROD", "ak")).isEmpty();
        assertThat(file.hasSection("Prod")).isFalse();
    }

    @Test
    void an_invalid_header_does_not_change_other_sections() {
        CredentialsFile file = CredentialsFile.parse("[one]\nak = 1\n[two\nak = 2\n");

        assertThat(file.value("one", "ak")).contains("1");
        assertThat(file.sections()).containsExactly("one");
    }

    @Test
    void to_string_contains_no_values() {
        assertThat(CredentialsFile.parse("[basic]\nsk=hidden\n").toString()).doesNotContain("hidden");
    }
}
