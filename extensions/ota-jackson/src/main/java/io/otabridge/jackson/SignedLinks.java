package io.otabridge.jackson;

/** How download links are written. Everyone who has a whole link can download the file until it expires. */
public enum SignedLinks {
    /** Without signature, user and fragment: {@code https://store.example/boot.bin?…}. */
    MASKED,
    /** The whole link. */
    REVEALED
}
