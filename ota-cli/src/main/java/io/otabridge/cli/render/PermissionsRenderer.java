package io.otabridge.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TextWrapper;
import io.otabridge.domain.Capability;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Permission;
import io.otabridge.domain.backend.Permissions;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.stream.Collectors;

/** Formats what the vendor's access management must allow for each capability of the backends. */
public final class PermissionsRenderer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PermissionsRenderer() {}

    /** Returns a table for each backend. A number in brackets refers to a note below it. */
    public static String table(List<Backend> backends, int width) {
        return backends.map(backend -> table(backend, width)).mkString("\n");
    }

    private static String table(Backend backend, int width) {
        Permissions permissions = backend.permissions();
        String title = TerminalEscaper.of(backend.name() + " (" + backend.vendor() + ")") + "\n";
        if (permissions.all().isEmpty()) {
            return title + wrapped("No permissions are known: the documents of this vendor describe none.", width);
        }
        List<String> notes = permissions.all().flatMap(Permission::uncertainty).distinct();
        Table table = Table.indented(Column.text("CAPABILITY"), Column.required("ACTION"));
        for (Capability capability : backend.capabilities().supported()) {
            List<Permission> needed = permissions.needed(capability);
            if (needed.nonEmpty()) {
                table.row(
                        capability.description(),
                        needed.map(permission -> action(permission, notes))
                                .distinct()
                                .mkString("\n"));
            }
        }
        return title
                + table.fit(width)
                + notes.zipWithIndex((note, index) ->
                                wrapped("[" + (index + 1) + "] Not certain: " + TerminalEscaper.of(note) + ".", width))
                        .mkString();
    }

    private static String wrapped(String line, int width) {
        return TextWrapper.wrap(line, width - 2).stream()
                .map(part -> "  " + part + "\n")
                .collect(Collectors.joining());
    }

    private static String action(Permission permission, List<String> notes) {
        return permission.action()
                + permission
                        .uncertainty()
                        .map(note -> " [" + (notes.indexOf(note) + 1) + "]")
                        .getOrElse("");
    }

    public static ObjectNode json(List<Backend> backends) {
        ObjectNode json = JsonOutput.object();
        ArrayNode list = json.putArray("backends");
        for (Backend backend : backends) {
            ObjectNode node = list.addObject()
                    .put("name", backend.name())
                    .put("vendor", backend.vendor().name());
            node.putPOJO("permissions", backend.permissions().all());
            JsonOutput.set(node, "policy", policy(backend.permissions().policy()));
            JsonOutput.set(node, "readOnlyPolicy", policy(backend.permissions().readOnlyPolicy()));
        }
        return json;
    }

    private static Option<ObjectNode> policy(Option<String> policy) {
        return policy.map(text -> {
            try {
                return JSON.readValue(text, ObjectNode.class);
            } catch (JsonProcessingException invalid) {
                throw new IllegalStateException("an adapter's policy is not a JSON object", invalid);
            }
        });
    }

    /** A row for each action of each capability. */
    public static CsvWriter csv(List<Backend> backends) {
        CsvWriter csv =
                CsvWriter.of(java.util.List.of("name", "vendor", "capability", "operation", "action", "uncertain"));
        for (Backend backend : backends) {
            for (Capability capability : backend.capabilities().supported()) {
                for (Permission permission : backend.permissions().needed(capability)) {
                    csv.row(java.util.List.of(
                            backend.name(),
                            backend.vendor().name(),
                            capability.code(),
                            permission.operation(),
                            permission.action(),
                            CsvWriter.cell(permission.uncertainty())));
                }
            }
        }
        return csv;
    }
}
