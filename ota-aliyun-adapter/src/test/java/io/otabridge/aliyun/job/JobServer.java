package io.otabridge.aliyun.job;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.vavr.collection.List;
import io.vavr.collection.Stream;
import java.util.Map;
import java.util.TreeMap;

/** The platform as a server with canned responses for jobs. */
record JobServer(WireMockExtension server) {

    static final String DONE = "{\"RequestId\":\"r\",\"Success\":true}";

    static WireMockExtension start() {
        return WireMockExtension.newInstance()
                .options(WireMockConfiguration.wireMockConfig().dynamicPort())
                .build();
    }

    /** Responds to an operation, if all these parameters have these values. */
    void respond(String action, String body, String... parameters) {
        respond(action, okJson(body), parameters);
    }

    void respond(String action, ResponseDefinitionBuilder response, String... parameters) {
        MappingBuilder mapping = any(anyUrl()).withHeader("x-acs-action", equalTo(action));
        for (int at = 0; at < parameters.length; at += 2) {
            mapping = mapping.withQueryParam(parameters[at], equalTo(parameters[at + 1]));
        }
        server.stubFor(mapping.willReturn(response));
    }

    static String error(String code) {
        return "{\"RequestId\":\"r\",\"Success\":false,\"Code\":\"iot.firmware." + code
                + "\",\"ErrorMessage\":\"text\"}";
    }

    /** Package f1 of product p1 with this {@code Status}. */
    void hasFirmware(int status) {
        respond(
                "QueryOTAFirmware",
                "{\"Success\":true,\"FirmwareInfo\":{\"FirmwareId\":\"f1\",\"DestVersion\":\"2.0.0\",\"ProductKey\":\"p1\","
                        + "\"ModuleName\":\"default\",\"Status\":" + status + "}}");
    }

    /** Job j1 of package f1, and these further fields. */
    static String job(String status, String more) {
        return "{\"JobId\":\"j1\",\"FirmwareId\":\"f1\",\"ProductKey\":\"p1\",\"JobStatus\":\"" + status
                + "\",\"JobType\":\"UPGRADE_FIRMWARE\"" + more + "}";
    }

    void hasJob(String status, String more) {
        respond("QueryOTAJob", "{\"Success\":true,\"Data\":" + job(status, more) + "}");
    }

    void listsJobs(String... jobs) {
        respond("ListOTAJobByFirmware", page("SimpleOTAJobInfo", jobs.length, jobs));
    }

    static String page(String element, long total, String... entries) {
        return "{\"Success\":true,\"PageCount\":1,\"Total\":" + total + ",\"Data\":{\"" + element + "\":["
                + String.join(",", entries) + "]}}";
    }

    static String task(String device, String status) {
        return "{\"JobId\":\"j1\",\"DeviceName\":\"" + device + "\",\"TaskId\":\"t-" + device + "\",\"TaskStatus\":\""
                + status + "\"}";
    }

    /** A page of tasks. */
    static String tasks(long total, String... tasks) {
        return page("SimpleOTATaskInfo", total, tasks);
    }

    static String tasksIn(String status, int count) {
        return tasks(
                count,
                Stream.rangeClosed(1, count)
                        .map(number -> task("d" + number, status))
                        .toJavaArray(String[]::new));
    }

    List<LoggedRequest> calls(String action) {
        return List.ofAll(server.findAll(anyRequestedFor(anyUrl()).withHeader("x-acs-action", equalTo(action))));
    }

    /** All operations in the order of their arrival. */
    List<String> order() {
        return List.ofAll(server.getAllServeEvents())
                .sortBy(event -> event.getRequest().getLoggedDate())
                .map(event -> String.valueOf(event.getRequest().getHeader("x-acs-action")));
    }

    int requests() {
        return server.getAllServeEvents().size();
    }

    /** The parameters of the only call of an operation, without the instance. */
    Map<String, String> parameters(String action) {
        return parameters(calls(action).single());
    }

    static Map<String, String> parameters(LoggedRequest request) {
        Map<String, String> values = new TreeMap<>();
        request.getQueryParams().forEach((name, parameter) -> values.put(name, parameter.firstValue()));
        values.remove("IotInstanceId");
        return values;
    }
}
