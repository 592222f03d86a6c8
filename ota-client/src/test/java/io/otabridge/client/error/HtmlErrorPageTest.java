package io.otabridge.client.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.transport.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlErrorPageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html><head><title>Login</title></head><body>Log in to WiFi</body></html> | Login: Log in to WiFi",
                "<HTML><BODY><P>Blocked</P><P>Id 7</BODY></HTML>                        | Blocked Id 7",
                "<!DOCTYPE html><title>Blocked</title><h1>Blocked by policy</h1>         | Blocked by policy",
                "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C\"><html>Hi</html>  | Hi",
                "<!-- a --> <!-- b --><html>Hi</html>                                   | Hi",
                "'\ufeff  <html>Hi</html>'                                              | Hi",
                "<h:html xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:body>Hi</h:body></h:html> | Hi",
                "<html><script>if (a < b) { x('<p>') }</script>Hi<style>p{}</style></html> | Hi",
                "<html><!-- <p>hidden</p> -->Hi</html>                                  | Hi",
                "<html>a &lt; b &amp;amp; &#67;&#x44;&nbsp;&unknown; &#9999999;</html>    | a < b &amp; CD &unknown; &#9999999;",
                "<html>1 < 2 and <b>3</b></html>                                        | 1 < 2 and 3",
                "<html><title>Only a title</title></html>                               | Only a title",
                "<script>location='http://portal/'</script>                             | ''",
                "<html><body>cut off <b                                                 | cut off",
                "<html><!-- cut off                                                     | ''",
                "<html><script> cut off                                                 | ''",
            })
    void reads_the_title_and_the_visible_text(String html, String text) {
        assertThat(HtmlErrorPage.in(response(200, "X-Other: 1", html)).get().text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "200, Content-Type: text/html,                 <center>Blocked</center>",
        "200, Content-Type: text/html; charset=utf-8,  Blocked",
        "200, Content-Type: application/xhtml+xml,     <p>Blocked</p>",
        "403, Content-Type: text/plain,                Blocked",
        "401, Content-Type: text/plain,                Blocked",
    })
    void uses_the_content_type_for_ambiguous_text(int status, String type, String body) {
        assertThat(HtmlErrorPage.in(response(status, type, body)).get().text()).isEqualTo("Blocked");
    }

    @ParameterizedTest
    @CsvSource({
        "200, Content-Type: text/html,   {}",
        "403, Content-Type: text/html,   '  [1]'",
        "403, Content-Type: text/html,   <Error><Code>Forbidden</Code></Error>",
        "403, Content-Type: text/xml,    <?xml version='1.0'?><Error><Code>Forbidden</Code></Error>",
        "200, Content-Type: text/xml,    <QueryOTAFirmwareResponse><a>1</a></QueryOTAFirmwareResponse>",
        "403, Content-Type: text/xml,    <p><Code>Forbidden</Code></p>",
        "200, Content-Type: text/plain,  session-token",
        "404, Content-Type: text/plain,  no such thing",
        "403, Content-Type: text/html,   ''",
        "403, Content-Type: ;;;,         Blocked",
        "403, Content-Type: text/plain,  {}",
        "200, X-Other: 1,                <!-- cut off",
    })
    void ignores_responses_of_an_api(int status, String type, String body) {
        assertThat(HtmlErrorPage.in(response(status, type, body))).isEmpty();
    }

    @Test
    void reads_the_encoding_that_the_page_names() {
        byte[] body = "<html><title>请登录</title></html>".getBytes(Charset.forName("GBK"));

        assertThat(HtmlErrorPage.in(new HttpResponse(200, Headers.of("Content-Type", "text/html; charset=GBK"), body))
                        .get()
                        .text())
                .isEqualTo("请登录");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>x ", "<html><script>", "<html><!--", "<html><b", "<html>&", "<html><title>"})
    void reads_a_long_unclosed_page(String beginning) {
        String page = beginning + beginning.substring(6).repeat(200_000);

        assertThat(HtmlErrorPage.in(response(200, "X-Other: 1", page))).isNotEmpty();
    }

    private static HttpResponse response(int status, String header, String body) {
        String[] nameAndValue = header.split(": ", 2);
        return new HttpResponse(
                status, Headers.of(nameAndValue[0], nameAndValue[1]), body.getBytes(StandardCharsets.UTF_8));
    }
}
