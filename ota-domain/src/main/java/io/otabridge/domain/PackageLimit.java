package io.otabridge.domain;

/**
 * How many firmware packages a vendor stores at most, as documented by the vendor. The vendor may have changed the limit
 * of an account, so it is for display and warnings; a backend does not enforce it.
 *
 * @param packages the maximum number of packages, 1 or more
 * @param scope what the number applies to
 */
public record PackageLimit(int packages, Scope scope) {

    /** What a limit applies to. */
    public enum Scope {
        /** Each resource space of an account has its own limit. */
        RESOURCE_SPACE("resource space"),
        /** All packages of an account share the limit. */
        ACCOUNT("account");

        private final String description;

        Scope(String description) {
            this.description = description;
        }

        /** Returns the description for people, a singular noun. */
        public String description() {
            return description;
        }
    }

    /** @throws IllegalArgumentException if the number is not positive */
    public PackageLimit {
        if (packages < 1) {
            throw new IllegalArgumentException("a package limit must be 1 or more but is " + packages);
        }
    }
}
