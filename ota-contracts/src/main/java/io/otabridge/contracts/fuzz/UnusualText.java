package io.otabridge.contracts.fuzz;

import java.util.Random;

/** Texts for generated cases: what signatures and encodings are known to differ over, of every plane of Unicode. */
public final class UnusualText {

    private static final String RESERVED = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final int PLANES = 17;

    private final Random random;

    public UnusualText(Random random) {
        this.random = random;
    }

    /** A text of at most so many characters, now and then empty; lone surrogates are among them. */
    public String anything(int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(8) == 0 ? random.nextInt(most + 1) : random.nextInt(Math.min(most, 12) + 1);
        while (text.length() < length) {
            text.appendCodePoint(codePoint());
        }
        return text.toString();
    }

    /** One to so many letters, digits, full stops, underscores and hyphens, as names of parameters are. */
    public String name(int most) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
        return random.ints(1 + random.nextInt(most), 0, letters.length())
                .mapToObj(letters::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }

    /** One to so many printable ASCII characters, as secrets and values of headers are. */
    public String printable(int most) {
        return random.ints(1 + random.nextInt(most), '!', '~' + 1)
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
