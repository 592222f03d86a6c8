package io.otabridge.hawkbit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Packages and devices on a server. The devices talk to it as real ones do, with the direct device integration API. */
final class Fleet {

    static final String PRODUCT = "lamp";

    private static final Set<String> UNSETTLED = Set.of("creating", "ready", "starting");
    private static final long STEP_NANOS = 20_000_000;
    private static final int MAX_STEPS = 1_000;

    private final HawkbitServerProcess server;
    private final Set<String> devices = new LinkedHashSet<>();
    private final Set<String> failing = new HashSet<>();
    private final Map<String, String> sets = new TreeMap<>();
    private final String tag;

    Fleet(HawkbitServerProcess server) {
        this.server = server;
        server.reset();
        tag = create("/rest/v1/targettags", HashMap.of("name", PRODUCT));
    }

    private String create(String path, HashMap<String, Object> members) {
        return server.post(path, HawkbitServerProcess.array().add(object(members)))
                .path(0)
                .path("id")
                .asText();
    }

    private static ObjectNode object(HashMap<String, Object> members) {
        ObjectNode object = HawkbitServerProcess.array().objectNode();
        members.forEach((name, value) -> object.putPOJO(name, value));
        return object;
    }

    /** Adds devices that have reported nothing. */
    void add(List<String> ids) {
        ArrayNode targets = HawkbitServerProcess.array();
        ArrayNode tagged = HawkbitServerProcess.array();
        ids.forEach(id -> {
            targets.addObject().put("controllerId", id).put("name", id);
            tagged.addObject().put("controllerId", id);
        });
        server.post("/rest/v1/targets", targets);
        server.post("/rest/v1/targettags/" + tag + "/assigned", tagged);
        devices.addAll(ids.toJavaList());
    }

    /** Installs these versions on a device, as one distribution set. */
    void install(String id, List<InstalledVersion> versions) {
        ObjectNode assignment = HawkbitServerProcess.array().addObject();
        assignment.put("id", Long.parseLong(set(versions))).put("type", "forced");
        server.post("/rest/v1/targets/" + id + "/assignedDS", assignment);
        work(id, true);
    }

    /** Returns the id of the distribution set with these parts; one part is a package. */
    String set(List<InstalledVersion> parts) {
        String key = parts.toString();
        if (!sets.containsKey(key)) {
            ArrayNode modules = HawkbitServerProcess.array();
            parts.forEach(part -> modules.addObject().put("id", Long.parseLong(module(part))));
            boolean isWhole = parts.head().target() instanceof FirmwareTarget.WholeDevice;
            ObjectNode set = HawkbitServerProcess.array().addObject();
            set.put("name", isWhole ? PRODUCT : PRODUCT + "-parts");
            set.put("version", parts.head().version().value() + (parts.size() > 1 ? "-bundle" : ""));
            set.put("type", parts.size() > 1 ? "os_app" : isWhole ? "os" : "app");
            set.set("modules", modules);
            sets.put(
                    key,
                    server.post(
                                    "/rest/v1/distributionsets",
                                    HawkbitServerProcess.array().add(set))
                            .path(0)
                            .path("id")
                            .asText());
        }
        return sets.get(key);
    }

    private String module(InstalledVersion part) {
        boolean isWhole = part.target() instanceof FirmwareTarget.WholeDevice;
        String name = part.target() instanceof FirmwareTarget.Module module
                ? module.name().value()
                : PRODUCT;
        return sets.computeIfAbsent(
                "module " + part,
                key -> create(
                        "/rest/v1/softwaremodules",
                        HashMap.of(
                                "name",
                                name,
                                "version",
                                part.version().value(),
                                "type",
                                isWhole ? "os" : "application")));
    }

    long jobs() {
        return List.ofAll(server.get("/rest/v1/rollouts?limit=500").path("content"))
                .count(job -> !job.path("status").asText().equals("deleting"));
    }

    void setFailing(String id, boolean isFailing) {
        if (isFailing) {
            failing.add(id);
        } else {
            failing.remove(id);
        }
    }

    /** Waits until the server has started every rollout, and ended those without unfinished tasks. */
    void awaitServer() {
        for (int step = 0; step < MAX_STEPS; step++) {
            if (List.ofAll(server.get("/rest/v1/rollouts?limit=500").path("content"))
                    .forAll(this::isSettled)) {
                return;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        throw new IllegalStateException("the server does not go on with its rollouts");
    }

    private boolean isSettled(JsonNode job) {
        String status = job.path("status").asText();
        return !UNSETTLED.contains(status)
                && (!status.equals("running")
                        || server.get("/rest/v1/rollouts/" + job.path("id").asText())
                                        .path("totalTargetsPerStatus")
                                        .path("running")
                                        .asLong()
                                > 0);
    }

    /** Every device fetches its task and reports that it has begun, or reports the end of it. */
    void work(boolean toEnd) {
        awaitServer();
        devices.forEach(id -> work(id, toEnd));
        awaitServer();
    }

    private void work(String id, boolean toEnd) {
        String base = "/DEFAULT/controller/v1/" + id;
        JsonNode links = server.get(base).path("_links");
        if (links.has("cancelAction")) {
            replyToCancellation(id, "closed", "success");
            work(id, toEnd);
        } else if (links.has("deploymentBase")) {
            String action = links.path("deploymentBase").path("href").asText().replaceAll(".*/([0-9]+).*", "$1");
            String result = failing.contains(id) ? "failure" : "success";
            report(
                    base + "/deploymentBase/" + action,
                    action,
                    toEnd ? "closed" : "proceeding",
                    toEnd ? result : "none",
                    toEnd && failing.contains(id) ? "flash is broken" : "as told");
        }
    }

    /** A device in progress replies to the request to cancel: {@code closed} confirms it, {@code rejected} refuses. */
    void replyToCancellation(String id, String execution, String finished) {
        String path = receiveCancellation(id);
        report(path, path.replaceAll(".*/", ""), execution, finished, "as told");
    }

    /** A device receives the request to cancel. Returns its path. */
    String receiveCancellation(String id) {
        String base = "/DEFAULT/controller/v1/" + id;
        String link = server.get(base)
                .path("_links")
                .path("cancelAction")
                .path("href")
                .asText();
        String path = base + link.replaceAll(".*(/cancelAction/[0-9]+).*", "$1");
        server.get(path);
        return path;
    }

    private void report(String path, String action, String execution, String finished, String detail) {
        server.get(path);
        ObjectNode feedback = HawkbitServerProcess.array().addObject().put("id", action);
        ObjectNode status = feedback.putObject("status").put("execution", execution);
        status.putObject("result").put("finished", finished);
        status.putArray("details").add(detail);
        server.post(path + "/feedback", feedback);
    }
}
