package io.otabridge.simulators.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.control.Option;
import java.util.List;
import java.util.Locale;

/** The variant of the protocol that a simulator implements. */
enum SimulatedDialect {
    /** Alibaba Cloud IoT Platform. */
    ALIBABA {
        @Override
        AliyunVerifier verifierFor(AliyunRequest call) {
            return call.isV3() ? new Acs3Verifier(call) : new RpcVerifier(call, List.of("Version", "SignatureVersion"));
        }

        @Override
        Option<AliyunError> check(AliyunRequest call) {
            return Option.when(!call.version().contains(VERSION), AliyunError::wrongVersion);
        }

        @Override
        boolean wantsJson(AliyunRequest call) {
            return call.wantsJson();
        }

        @Override
        ObjectNode format(ObjectNode body) {
            return body;
        }

        @Override
        List<String> mandatoryToModify() {
            return List.of("FirmwareId", "ProductKey");
        }
    },

    /**
     * A private Tuya deployment, as described in its API list: signature version 1 without optional common parameters,
     * and JSON in lower camel case. Successful responses have an empty code, and a list with one module is an object.
     */
    TUYA {
        @Override
        AliyunVerifier verifierFor(AliyunRequest call) {
            return new RpcVerifier(call, List.of());
        }

        @Override
        Option<AliyunError> check(AliyunRequest call) {
            return Option.ofOptional(UNSUPPORTED_BY_TUYA.stream()
                    .filter(name -> call.http().query().stream()
                            .anyMatch(sent ->
                                    sent.name().equals(name) || sent.name().startsWith(name + ".")))
                    .findFirst()
                    .map(AliyunError::unknownParameter));
        }

        @Override
        boolean wantsJson(AliyunRequest call) {
            return true;
        }

        @Override
        ObjectNode format(ObjectNode body) {
            if (body.path("Success").asBoolean()) {
                body.put("Code", "");
            }
            if (body.path("Data").isArray() && body.path("Data").size() == 1) {
                body.set("Data", body.get("Data").get(0));
            }
            if (body.get("FirmwareInfo") instanceof ObjectNode info) {
                info.remove("VerifyProgress");
            }
            return (ObjectNode) lowerCamel(body);
        }

        @Override
        List<String> mandatoryToModify() {
            return List.of("FirmwareId", "FirmwareName");
        }
    };

    private static final String VERSION = "2018-01-20";
    private static final List<String> UNSUPPORTED_BY_TUYA = List.of(
            "Version",
            "Format",
            "RegionId",
            "SignatureVersion",
            "SecurityToken",
            "IotInstanceId",
            "Tag",
            "ScheduleTime",
            "ScheduleFinishTime",
            "MaximumPerMinute",
            "OverwriteMode",
            "MultiModuleMode",
            "DnListFileUrl",
            "CancelScheduledTask",
            "CancelInProgressTask");

    /** Returns the verifier for the signature of a request. */
    abstract AliyunVerifier verifierFor(AliyunRequest call);

    /** Checks an authenticated request. Returns the error; none if the request is valid. */
    abstract Option<AliyunError> check(AliyunRequest call);

    abstract boolean wantsJson(AliyunRequest call);

    /** Converts a response to the form of this dialect. */
    abstract ObjectNode format(ObjectNode body);

    /** Returns the mandatory parameters of {@code ModifyOTAFirmware}. */
    abstract List<String> mandatoryToModify();

    private static JsonNode lowerCamel(JsonNode node) {
        if (node instanceof ArrayNode list) {
            ArrayNode converted = JsonNodeFactory.instance.arrayNode();
            list.forEach(element -> converted.add(lowerCamel(element)));
            return converted;
        }
        if (!(node instanceof ObjectNode)) {
            return node;
        }
        ObjectNode converted = JsonNodeFactory.instance.objectNode();
        node.properties()
                .forEach(member -> converted.set(
                        member.getKey().substring(0, 1).toLowerCase(Locale.ROOT)
                                + member.getKey().substring(1),
                        lowerCamel(member.getValue())));
        return converted;
    }
}
