package io.otabridge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void shows_its_arguments() {
        assertThat(Message.of("Backend {0} announced {2} entries and sent {1}", "prod", 2, 3L)
                        .text())
                .isEqualTo("Backend prod announced 3 entries and sent 2");
    }

    @Test
    void shows_an_argument_as_it_is() {
        assertThat(Message.of("{0}: {1}", "{1} $1 \\", "b").text()).isEqualTo("{1} $1 \\: b");
    }

    @Test
    void shows_a_text_without_arguments_as_it_is() {
        assertThat(Message.of("as in {0} or {name}").text()).isEqualTo("as in {0} or {name}");
    }

    @Test
    void shows_the_number_of_an_argument_that_is_missing() {
        assertThat(Message.of("{0} and {1}", "a").text()).isEqualTo("a and {1}");
    }

    @Test
    void is_shown_in_another_language_with_the_messages_in_it() {
        Map<String, String> german = Map.of(
                "{0} does not exist on backend {1}",
                "{0} gibt es auf Backend {1} nicht", "firmware {0}", "Firmware {0}");
        Message message = Message.of("{0} does not exist on backend {1}", Message.of("firmware {0}", "f1"), "prod");

        assertThat(message.text(key -> german.getOrDefault(key, key)))
                .isEqualTo("Firmware f1 gibt es auf Backend prod nicht");
        assertThat(message.sentence()).isEqualTo("Firmware f1 does not exist on backend prod");
    }

    @Test
    void gets_a_capital_letter_only_where_a_message_begins_it() {
        assertThat(Message.of("{0} is gone", Message.of("firmware {0}", "f1")).sentence())
                .isEqualTo("Firmware f1 is gone");
        assertThat(Message.of("{0} is gone", "f1").sentence()).isEqualTo("f1 is gone");
        assertThat(Message.of("iot is gone").sentence()).isEqualTo("iot is gone");
    }

    @Test
    void joins_another_one() {
        assertThat(Message.of("Retry later").and(Message.of("nothing was sent")).text())
                .isEqualTo("Retry later; nothing was sent");
    }
}
