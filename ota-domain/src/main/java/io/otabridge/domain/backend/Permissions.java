package io.otabridge.domain.backend;

import io.otabridge.domain.Capability;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.function.Function;

/** What the vendor's access management must allow for the operations of a backend. Immutable. */
public final class Permissions {

    private static final Permissions NONE = new Permissions(List.empty(), actions -> "");

    private final List<Permission> all;
    private final Function<List<String>, String> policy;

    private Permissions(List<Permission> all, Function<List<String>, String> policy) {
        this.all = all;
        this.policy = policy;
    }

    /** Returns the permissions of a backend whose adapter knows none. */
    public static Permissions none() {
        return NONE;
    }

    /**
     * Returns these permissions.
     *
     * @param policy returns the vendor's policy, a JSON object, that allows these actions
     */
    public static Permissions of(List<Permission> permissions, Function<List<String>, String> policy) {
        return new Permissions(permissions, policy);
    }

    /** Returns all permissions. */
    public List<Permission> all() {
        return all;
    }

    /** Returns the permissions that a capability needs; empty for a fact that responses contain or omit. */
    public List<Permission> needed(Capability capability) {
        return all.filter(permission -> permission.capabilities().contains(capability));
    }

    /** Returns a policy, a JSON object, that allows everything; absent if no permission is known. */
    public Option<String> policy() {
        return policy(all);
    }

    /** Returns a policy, a JSON object, that allows only reading; absent if no permission is known. */
    public Option<String> readOnlyPolicy() {
        return policy(all.filter(permission -> permission.capabilities().exists(capability -> !capability.isChange())));
    }

    private Option<String> policy(List<Permission> allowed) {
        return Option.when(
                allowed.nonEmpty(),
                () -> policy.apply(allowed.map(Permission::action).distinct()));
    }
}
