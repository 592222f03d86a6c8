package io.otabridge.simulators.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.control.Option;
import java.util.List;
import java.util.Locale;

/** Which of the platforms that speak this protocol a simulator is. */
enum SimulatedDialect {
    /** Alibaba Cloud IoT Platform. */
    ALIBABA {
        @Override
        AliyunVerifier signatureOf(AliyunRequest call) {
            return call.isV3() ? new Acs3Verifier(call) : new RpcVerifier(call, List.of("Version", "SignatureVersion"));
        }

        @Override
        Option<AliyunError> refusal(AliyunRequest call) {
            return Option.when(!call.version().contains(VERSION), AliyunError::wrongVersion);
        }

        @Override
        boolean wantsJson(AliyunRequest call) {
            return call.wantsJson();
        }

        @Override
        ObjectNode spelled(ObjectNode body) {
            return body;
        }
    },

    /**
     * Tuya's private deployment, after its API list: the older signature alone, with no more common parameters than it needs;
     * JSON alone, in lower camel case, where a code is there but empty if all is well and one module stands by itself.
     */
    TUYA {
        @Override
        AliyunVerifier signatureOf(AliyunRequest call) {
            return new RpcVerifier(call, List.of());
        }

        @Override
        Option<AliyunError> refusal(AliyunRequest call) {
            return Option.ofOptional(UNKNOWN_TO_TUYA.stream()
                    .filter(name -> call.http().query().stream()
                            .anyMatch(sent -> sent.name().equals(name)))
                    .findFirst()
                    .map(AliyunError::unknownParameter));
        }

        @Override
        boolean wantsJson(AliyunRequest call) {
            return true;
        }

        @Override
        ObjectNode spelled(ObjectNode body) {
            if (body.path("Success").asBoolean()) {
                body.put("Code", "");
            }
            if (body.path("Data").size() == 1) {
                body.set("Data", body.get("Data").get(0));
            }
            if (body.get("FirmwareInfo") instanceof ObjectNode info) {
                info.remove("VerifyProgress");
            }
            return (ObjectNode) lowerCamel(body);
        }
    };

    private static final String VERSION = "2018-01-20";
    private static final List<String> UNKNOWN_TO_TUYA =
            List.of("Version", "Format", "RegionId", "SignatureVersion", "SecurityToken", "IotInstanceId");

    /** What the call claims about its sender. */
    abstract AliyunVerifier signatureOf(AliyunRequest call);

    /** Why a call that is properly signed is still none for this platform; none if it is one. */
    abstract Option<AliyunError> refusal(AliyunRequest call);

    abstract boolean wantsJson(AliyunRequest call);

    /** The answer in the words of this platform. */
    abstract ObjectNode spelled(ObjectNode body);

    private static JsonNode lowerCamel(JsonNode node) {
        if (node instanceof ArrayNode list) {
            ArrayNode spelled = JsonNodeFactory.instance.arrayNode();
            list.forEach(element -> spelled.add(lowerCamel(element)));
            return spelled;
        }
        if (!(node instanceof ObjectNode)) {
            return node;
        }
        ObjectNode spelled = JsonNodeFactory.instance.objectNode();
        node.properties()
                .forEach(member -> spelled.set(
                        member.getKey().substring(0, 1).toLowerCase(Locale.ROOT)
                                + member.getKey().substring(1),
                        lowerCamel(member.getValue())));
        return spelled;
    }
}
