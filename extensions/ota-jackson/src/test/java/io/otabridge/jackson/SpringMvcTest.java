package io.otabridge.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.vavr.collection.List;
import io.vavr.control.Either;
import jakarta.servlet.ServletException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A controller that returns results. Spring 7 has converters for both versions of Jackson. */
class SpringMvcTest {

    @RestController
    static final class Packages {

        @GetMapping("/one")
        Firmware one() {
            return Examples.FIRMWARE;
        }

        @GetMapping("/list")
        List<Firmware> list() {
            return List.of(Examples.FIRMWARE);
        }

        @GetMapping("/result")
        Either<OtaFailure, Firmware> result() {
            return Either.right(Examples.FIRMWARE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answers_with_the_documented_json(Jackson jackson) throws Exception {
        String one = get(jackson, true, "/one");

        assertThat(one).isEqualTo(jackson.write(Examples.FIRMWARE)).contains("\"files\":[{\"name\":\"boot.bin\"");
        assertThat(get(jackson, true, "/list")).isEqualTo("[" + one + "]");
        assertThat(get(jackson, true, "/result")).isEqualTo("{\"failure\":null,\"value\":" + one + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "JACKSON_2, /one", "JACKSON_2, /list", "JACKSON_2, /result",
        "JACKSON_3, /one", "JACKSON_3, /list", "JACKSON_3, /result"
    })
    void answers_without_a_secret_if_the_module_is_missing(Jackson jackson, String path) throws Exception {
        assertThat(get(jackson, false, path)).doesNotContain(Examples.SECRET);
    }

    /** Returns the body, with the message of an exception after it. */
    private static String get(Jackson jackson, boolean hasModule, String path) throws Exception {
        MockMvc mvc = MockMvcBuilders.standaloneSetup(new Packages())
                .setMessageConverters(jackson.converter(hasModule))
                .build();
        try {
            MockHttpServletResponse response =
                    mvc.perform(MockMvcRequestBuilders.get(path)).andReturn().getResponse();
            return response.getContentAsString(UTF_8);
        } catch (ServletException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
