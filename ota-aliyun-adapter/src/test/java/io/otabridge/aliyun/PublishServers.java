package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.otabridge.domain.artifact.Artifact;
import io.vavr.collection.List;
import java.util.Map;
import java.util.TreeMap;

/** The platform and its object store as two servers, with the responses of a publication. */
record PublishServers(WireMockExtension api, WireMockExtension store) {

    static final String POLICY = "eyJleHBpcmF0aW9uIjoiMjAyNi0xMS0yOVQxNjo0NDoyMS4wMDBaIn0=";
    static final String SIGNATURE = "LPgDb1qMWjFyv/qQXYmj9m+cx4o=";
    static final String KEY_ID = "cS8uRRy54RszTEST";
    static final String NEW_ID = "newFirmwareId0100";
    static final String EXPIRED_POLICY =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Invalid according to"
                    + " Policy: Policy expired.</Message><RequestId>R1</RequestId></Error>";

    static WireMockExtension newServer() {
        return WireMockExtension.newInstance()
                .options(WireMockConfiguration.wireMockConfig().dynamicPort())
                .build();
    }

    /** Everything works, and the product has no package before. */
    void publishes(Artifact... files) {
        respond("ListOTAFirmware", okJson("{\"Success\":true,\"Total\":0,\"FirmwareInfo\":{}}"));
        respond("GenerateOTAUploadURL", okJson(form(store.baseUrl())));
        store.stubFor(post("/").willReturn(ok()));
        respond("CreateOTAFirmware", okJson("{\"Success\":true,\"Data\":{\"FirmwareId\":\"" + NEW_ID + "\"}}"));
        respond("QueryOTAFirmware", okJson(details(List.of(files))));
    }

    static String form(String host) {
        return "{\"Success\":true,\"RequestId\":\"r\",\"Data\":{\"Key\":\"ota/1/a.bin\",\"Host\":\"%s\",\"Policy\":\"%s\",\"OSSAccessKeyId\":\"%s\",\"Signature\":\"%s\",\"ObjectStorage\":\"OSS\",\"FirmwareUrl\":\"%s/ota/1/a.bin\"}}"
                .formatted(host, POLICY, KEY_ID, SIGNATURE, host);
    }

    /** The details of version 2.0.0 of the product p1 as a full image. */
    static String details(List<Artifact> files) {
        String content = files.size() == 1
                ? "\"FirmwareSize\":%d,\"FirmwareSign\":\"%s\""
                        .formatted(files.head().length(), files.head().md5().value())
                : "\"MultiFiles\":"
                        + files.map(file -> "{\"Name\":\"%s\",\"Size\":%d,\"SignValue\":\"%s\"}"
                                        .formatted(
                                                file.fileName(),
                                                file.length(),
                                                file.md5().value()))
                                .mkString("[", ",", "]");
        return ("{\"Success\":true,\"FirmwareInfo\":{\"FirmwareId\":\"" + NEW_ID
                + "\",\"FirmwareName\":\"other\",\"ProductKey\":\"p1\",\"ModuleName\":\"mcu\",\"DestVersion\":\"2.0.0\","
                + "\"SrcVersion\":\"\",\"Type\":0,\"Status\":0,\"SignMethod\":\"MD5\","
                + content
                + "}}");
    }

    /** A list with one package, whose details are those of {@link #details}. */
    static String list() {
        return "{\"Success\":true,\"Total\":1,\"PageCount\":1,\"FirmwareInfo\":{\"SimpleFirmwareInfo\":[{\"FirmwareId\":\""
                + NEW_ID
                + "\",\"ProductKey\":\"p1\",\"ModuleName\":\"mcu\",\"DestVersion\":\"2.0.0\",\"Type\":0,\"Status\":0}]}}";
    }

    static ResponseDefinitionBuilder error(String code) {
        return okJson("{\"RequestId\":\"r\",\"Success\":false,\"Code\":\"" + code + "\",\"ErrorMessage\":\"text\"}");
    }

    /** The parameters of a request by name. */
    static Map<String, String> parameters(LoggedRequest request) {
        Map<String, String> values = new TreeMap<>();
        request.getQueryParams().forEach((name, parameter) -> values.put(name, parameter.firstValue()));
        return values;
    }

    static MappingBuilder action(String action) {
        return any(anyUrl()).withHeader("x-acs-action", equalTo(action));
    }

    void respond(String action, ResponseDefinitionBuilder response) {
        api.stubFor(action(action).willReturn(response));
    }

    /** The requests for an operation, in order. */
    List<LoggedRequest> calls(String action) {
        return List.ofAll(api.findAll(anyRequestedFor(anyUrl()).withHeader("x-acs-action", equalTo(action))));
    }

    int sent(String action) {
        return calls(action).size();
    }

    List<LoggedRequest> posts() {
        return List.ofAll(store.findAll(anyRequestedFor(anyUrl())));
    }

    /** The operations and posts in the order of their arrival. */
    List<String> order() {
        return List.ofAll(api.getAllServeEvents())
                .appendAll(store.getAllServeEvents())
                .sortBy(event -> event.getRequest().getLoggedDate())
                .map(event -> String.valueOf(event.getRequest().getHeader("x-acs-action")));
    }

    Map<String, Object> settings(int retries) {
        Map<String, Object> settings = AliyunFixture.settings(api.baseUrl());
        settings.put("retries", retries);
        return settings;
    }
}
