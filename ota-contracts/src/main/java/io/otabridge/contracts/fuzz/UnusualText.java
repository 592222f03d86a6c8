package io.otabridge.contracts.fuzz;

import java.util.Random;

/** Random texts with the characters that signatures and encodings commonly get wrong, from all planes of Unicode. */
public final class UnusualText {

    private static final String RESERVED = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final int PLANES = 17;

    private final Random random;

    public UnusualText(Random random) {
        this.random = random;
    }

    /** Returns a text of at most this length, possibly empty. It may contain unpaired surrogates. */
    public String anything(int maxLength) {
        StringBuilder text = new StringBuilder();
        int length =
                random.nextInt(8) == 0 ? random.nextInt(maxLength + 1) : random.nextInt(Math.min(maxLength, 12) + 1);
        while (text.length() < length) {
            text.appendCodePoint(codePoint());
        }
        return text.toString();
    }

    /**
     * Returns letters, digits, full stops, underscores and hyphens, at least one and at most this number. For names of
     * parameters.
     */
    public String name(int maxLength) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
        return random.ints(1 + random.nextInt(maxLength), 0, letters.length())
                .mapToObj(letters::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }

    /** Returns printable ASCII characters, at least one and at most this number. For secrets and header values. */
    public String printable(int maxLength) {
        return random.ints(1 + random.nextInt(maxLength), '!', '~' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private int codePoint() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> RESERVED.charAt(random.nextInt(RESERVED.length()));
            case 3, 4 -> 'A' + random.nextInt(58);
            case 5 -> random.nextInt(0x100);
            case 6 -> random.nextInt(PLANES) << 16 | random.nextInt(0xD800);
            default -> 0xD800 + random.nextInt(0x800);
        };
    }
}
