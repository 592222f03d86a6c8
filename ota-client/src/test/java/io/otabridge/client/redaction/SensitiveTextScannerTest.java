package io.otabridge.client.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.List;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In these texts, CANARY is the text that must be hidden. */
class SensitiveTextScannerTest {

    private static final String KEY_ID = "LTAIabcdef12";
    private static final String KEY = "Zq9+Kk/8=TopSecretKeyX";

    private static final Redactor REDACTOR = Redactor.hiding(List.of(KEY_ID, KEY));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https:&#x2F;&#x2F;b&#x2F;f?Expires&#x3D;1&amp;Signature&#x3D;CANARY",
                "https:&#x2F;&#x2F;b&#x2F;f?tk&#x3D;CANARY",
                "https:&#47;&#47;b&#47;f&#63;tk&#61;CANARY",
                "https:&sol;&sol;b&sol;f&quest;tk&equals;CANARY",
                "https&colon;&amp;sol;&amp;sol;b&sol;f&amp;amp;quest;tk&equals;CANARY",
                "https&#37;3A&#37;2F&#37;2Fb&#37;2Ff&#37;3Ftk&#37;3DCANARY",
                "https:\\/\\/b\\/f?a=1\\u0026tk\\u003dCANARY",
                "https:\\u002f\\u002fb/f\\u003ftk\\u003dCANARY",
                "https:\\\\u002f\\\\u002fb\\\\u002ff\\\\u003ftk=CANARY",
                "https:\\x2f\\x2fb\\x2ff\\x3fa\\x3d1\\x26tk\\x3dCANARY",
                "https:\\u{2f}\\u{2F}b/f\\u{3f}tk\\u{00003d}CANARY",
                "https:\\057\\057b/f\\077tk=CANARY",
                "https%3A%2F%2Fb%2Ff%3Ftk%3DCANARY",
                "https%253A%252F%252Fb%252Ff%253Ftk%253DCANARY",
                "https%3a%2f%2fb%2ff%3ftk%3dCANARY",
                "https%3A%2F%2Fb%2Ff%3Fx%3D%2520y%26tk%3DCANARY",
                "https:&#x2F;&#x2F;b&#x2F;f?x=%20y&amp;tk=CANARY",
                "https%C0%BA%C0%AF%C0%AFb%C0%AFf?tk=CANARY",
                "https:/\u200b/b/f?tk=CANARY",
                "https://b/f?file=固件&tk=CANARY",
                "/f.bin?tk=CANARY",
                "https://b/f?Expires=1&Signature=\nCANARY",
                "https://b/f?Expires=1&Signature\n=CANARY",
                "https://b/f?Expires=1&\nSignature=CANARY",
                "https%3A%2F%2Fb%2Ff%3FSignature%3D\r\nCANARY",
                "%2Ff.bin%3Fauth_key%3DCANARY"
            })
    void hides_the_query_of_a_link_in_every_encoding(String link) {
        assertHidden(link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Signature = CANARY",
                "Signature =\n CANARY",
                "Signature%20=%20CANARY",
                "Signature+=+CANARY",
                "Sig\nnature=CANARY",
                "Sig\u200bnature=CANARY",
                "Sig&#8203;nature=CANARY",
                "Sig%E2%80%8Bnature=CANARY",
                "Signature\u200b=\u200bCANARY",
                "Signature=\nCANARY",
                "Signature\\u003dCANARY",
                "Signature&#61;CANARY",
                "Signature&equals;CANARY",
                "Signature%3DCANARY",
                "Signature%253DCANARY",
                "Signature%25253DCANARY",
                "\\u0053ignature\\u003dCANARY",
                "%53ignature=CANARY",
                "\uff33\uff49\uff47nature\uff1dCANARY",
                "SIGNATURE=CANARY",
                "Signature: CANARYcanaryCANARY",
                "Signature\uff1aCANARYcanaryCANARY",
                "security_token=CANARY",
                "SECURITY-TOKEN=CANARY",
                "Security Token = CANARY",
                "securitytoken = \"CANARY\"",
                "access-key-secret=CANARY",
                "ACCESS_KEY_SECRET: 'CANARY'",
                "AccessKeySecret=CANARY",
                "password=CANARY",
                "\"password\":\"CANARY\"",
                "\"password\":\"two words CANARY\"",
                "{\\\"password\\\":\\\"CANARY\\\"}",
                "{&quot;Signature&quot;:&quot;CANARY&quot;}",
                "params[Signature]=CANARY",
                "'Signature' => 'CANARY'",
                "\"SecurityToken\": [\"CANARY\"]",
                "sig=CANARY&se=1",
                "sv=1&se=1&sig=CANARY",
                "sv=1&amp;se=1&amp;sig=CANARY",
                "sign=CANARY",
                "auth_key=1-0-0-CANARY",
                "X-Auth-Token: CANARYcanaryCANARY",
                "Authorization: Bearer CANARY",
                "Authorization: OSS LTAI:CANARY",
                "Signature=a%26CANARY",
                "Signature%3Da%2526CANARY"
            })
    void hides_the_value_of_a_sensitive_name_in_every_notation(String text) {
        assertHidden(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Signature>CANARY</Signature>",
                "<Signature>two words CANARY</Signature>",
                "<SecurityToken>CANARY</SecurityToken>",
                "<security_token encoding=\"base64\">CANARY</security_token>",
                "<ns:AccessKeySecret>CANARY</ns:AccessKeySecret>",
                "<Password><![CDATA[<CANARY]]></Password>",
                "&lt;Signature&gt;CANARY&lt;/Signature&gt;",
                "\\u003cSignature\\u003eCANARY\\u003c/Signature\\u003e",
                "<Signature>CANARY"
            })
    void hides_the_content_of_a_sensitive_element(String text) {
        assertHidden(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:CANARY@h:6379",
                "ftp://u:CANARY@h",
                "//u:CANARY@h",
                "HTTPS://u:CANARY@b/f",
                "http://u%3ACANARY@b/f",
                "http://u%3ACANARY%40b/f",
                "amqps://u:CANARY@b",
                "https:\\/\\/u:CANARY@b\\/f",
                "redis:&#x2F;&#x2F;:CANARY&commat;h",
                "redis\\u003a\\u002f\\u002f:CANARY\\u0040h",
                "redis://:CAN/CANARY@h",
                "redis://:1a#CANARY@h",
                "mongodb://u:x@h1,u:CANARY@h2/d"
            })
    void hides_the_user_info_of_links_of_every_scheme(String link) {
        assertHidden(link);
    }

    @Test
    void does_not_change_text_next_to_sensitive_text() {
        assertThat(REDACTOR.redact("Get https%3A%2F%2Fb%2Ff%3Fsig%3DX, then redis://u:X@h:6379/0 <Code>E1</Code>"
                        + "<Signature>X</Signature> Signature = X and \"token\":\"X\",\"id\":\"7\" sig=X&se=2"))
                .isEqualTo("Get https%3A%2F%2Fb%2Ff?… then redis://h:6379/0 <Code>E1</Code>"
                        + "<Signature>***</Signature> Signature = *** and \"token\":\"***\",\"id\":\"7\" sig=***&se=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Specified signature is not matched with our calculation.",
                "Invalid signature: check the key",
                "The token: it is expired; \"token\":null",
                "Is it there? Perhaps. 100% of it & more; a = b",
                "SignatureMethod=HMAC-SHA1 SignatureVersion=1.0",
                "Assign=5 design=6",
                "See https://help.aliyun.com/doc/1#errors or mail a@b.example",
                "Connection to 127.0.0.1:8080 refused at C:\\Users\\x",
                "签名 signature：与我们计算的签名不一致请检查您的密钥和签名方法",
                "<Error><Code>SignatureDoesNotMatch</Code><Message>a &lt; b</Message></Error>"
            })
    void does_not_change_ordinary_text(String text) {
        assertThat(REDACTOR.redact(text)).isEqualTo(text);
    }

    @Test
    void hides_a_configured_secret_in_every_reversible_encoding() {
        String pair = KEY_ID + ":" + KEY;
        for (String form : new String[] {
            base64(KEY),
            base64(pair),
            base64("x" + KEY + "yz"),
            base64("{\"key\":\"" + KEY + "\"}").replaceAll("(.{20})", "$1\r\n"),
            Base64.getUrlEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
            URLEncoder.encode(base64(pair), StandardCharsets.UTF_8),
            hex(KEY),
            hex(KEY).toUpperCase(Locale.ROOT),
            hex(pair),
            hex(KEY).replaceAll("(..)", "$1:"),
            KEY.toUpperCase(Locale.ROOT),
            KEY.toLowerCase(Locale.ROOT),
            KEY.substring(0, 8) + "\u200b" + KEY.substring(8),
            KEY.substring(0, 8) + "\n" + KEY.substring(8),
            KEY.substring(0, 8) + "\r\n  " + KEY.substring(8),
            KEY.substring(0, 8) + "&#8203;" + KEY.substring(8),
            KEY.substring(0, 8) + "\\n" + KEY.substring(8),
            KEY.replaceAll("(.)", "$1\u00ad"),
            KEY.replaceAll("(.)", "\\\\u{$1}").replaceAll("\\\\u\\{(.)}", "$1 ")
        }) {
            assertThat(REDACTOR.sanitize("key " + form + " is wrong").getOrElse(""))
                    .as(form)
                    .startsWith("key ***")
                    .endsWith("is wrong")
                    .hasSizeLessThan(30);
        }
    }

    @Test
    void hides_a_secret_with_mixed_escapes() {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < KEY.length(); i++) {
            int c = KEY.charAt(i);
            escaped.append(
                    switch (i % 5) {
                        case 0 -> String.format("\\u{%x}", c);
                        case 1 -> String.format("&#37;%02x", c);
                        case 2 -> String.format("%%26%%23%d%%3B", c);
                        case 3 -> String.format("\\\\u0025%02x", c);
                        default -> String.format("\\%03o", c);
                    });
        }

        assertThat(REDACTOR.redact("key " + escaped + " is wrong")).isEqualTo("key *** is wrong");
    }

    /** Characters outside of CANARY are escaped randomly, some of them twice. */
    @Test
    void hides_values_with_any_escapes_of_the_surrounding_text() {
        Random random = new Random(7);
        String[] texts = {
            "https://b/f?tk=CANARY",
            "redis://u:CANARY@h/0",
            "Signature = CANARY",
            "\"security_token\" : \"CANARY\"",
            "<SecurityToken>CANARY</SecurityToken>",
            "a?sv=1&sig=CANARY&se=2"
        };
        for (int i = 0; i < 3_000; i++) {
            String text = texts[i % texts.length];
            int canary = text.indexOf("CANARY");
            assertHidden(escaped(text.substring(0, canary), random) + "CANARY"
                    + escaped(text.substring(canary + "CANARY".length()), random));
        }
    }

    private static String escaped(String text, Random random) {
        StringBuilder escaped = new StringBuilder();
        for (int c : text.chars().toArray()) {
            String form = form(c, random.nextInt(9));
            escaped.append(random.nextInt(4) > 0 ? form : form(form.charAt(0), random.nextInt(9)) + form.substring(1));
        }
        return escaped.toString();
    }

    private static String form(int c, int number) {
        return switch (number) {
            case 0 -> String.format("%%%02x", c);
            case 1 -> String.format("%%2525%02X", c);
            case 2 -> String.format("\\u%04x", c);
            case 3 -> String.format("\\x%02X", c);
            case 4 -> String.format("\\u{%x}", c);
            case 5 -> "&#" + c + ";";
            case 6 -> String.format("&amp;#x%04X;", c);
            default -> String.valueOf((char) c);
        };
    }

    private static void assertHidden(String text) {
        assertThat(REDACTOR.redact("see " + text + " end")).doesNotContain("CANARY");
        assertThat(REDACTOR.sanitize("see " + text + " end").getOrElse(""))
                .startsWith("see ")
                .doesNotContain("CANARY");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
