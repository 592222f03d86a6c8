package io.otabridge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void inserts_arguments() {
        assertThat(Message.of("Backend {0} announced {2} entries and sent {1}", "prod", 2, 3L)
                        .text())
                .isEqualTo("Backend prod announced 3 entries and sent 2");
    }

    @Test
    void does_not_interpret_arguments() {
        assertThat(Message.of("{0}: {1}", "{1} $1 \\", "b").text()).isEqualTo("{1} $1 \\: b");
    }

    @Test
    void does_not_change_a_text_without_arguments() {
        assertThat(Message.of("as in {0} or {name}").text()).isEqualTo("as in {0} or {name}");
    }

    @Test
    void keeps_the_placeholder_of_a_missing_argument() {
        assertThat(Message.of("{0} and {1}", "a").text()).isEqualTo("a and {1}");
    }

    @Test
    void translates_nested_messages() {
        Map<String, String> german = Map.of(
                "{0} does not exist on backend {1}",
                "{0} gibt es auf Backend {1} nicht", "firmware {0}", "Firmware {0}");
        Message message = Message.of("{0} does not exist on backend {1}", Message.of("firmware {0}", "f1"), "prod");

        assertThat(message.text(key -> german.getOrDefault(key, key)))
                .isEqualTo("Firmware f1 gibt es auf Backend prod nicht");
        assertThat(message.sentence()).isEqualTo("Firmware f1 does not exist on backend prod");
    }

    @Test
    void capitalizes_only_a_leading_nested_message() {
        assertThat(Message.of("{0} is gone", Message.of("firmware {0}", "f1")).sentence())
                .isEqualTo("Firmware f1 is gone");
        assertThat(Message.of("{0} is gone", "f1").sentence()).isEqualTo("f1 is gone");
        assertThat(Message.of("iot is gone").sentence()).isEqualTo("iot is gone");
    }

    @Test
    void joins_two_messages() {
        assertThat(Message.of("Retry later").and(Message.of("nothing was sent")).text())
                .isEqualTo("Retry later; nothing was sent");
    }
}
