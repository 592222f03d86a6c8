package io.otabridge.client.proxy;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that are reached without a proxy, in the syntax of the variable {@code no_proxy}: names separated by commas
 * or blanks. A name includes its subdomains, with or without a leading dot or {@code *.}; {@code *} matches every host;
 * {@code 10.0.0.0/8} is a block of addresses; {@code :port} limits an entry to one port.
 */
record NoProxyList(List<Entry> entries) {

    private static final Pattern SEPARATORS = Pattern.compile("[,\\s]+");
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*):(\\d{1,5})");
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

    /** Texts that Java parses as an address without a name lookup. */
    private static final Pattern ADDRESS =
            Pattern.compile("(" + BYTE + "\\.){3}" + BYTE + "|[0-9a-f:][0-9a-f:.]*:[0-9a-f:.]*");

    private static final Pattern BLOCK = Pattern.compile("(.+)/(\\d{1,3})");

    /** @param name in lower case, without a leading dot */
    record Entry(String name, Option<Integer> port) {}

    static NoProxyList parse(String text) {
        return new NoProxyList(List.of(SEPARATORS.split(text.strip()))
                .filter(entry -> !entry.isEmpty())
                .map(NoProxyList::entry));
    }

    private static Entry entry(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        Option<Integer> port = withPort.matches() ? Option.some(Integer.valueOf(withPort.group(2))) : Option.none();
        String host = port.isDefined() ? withPort.group(1) : text;
        return new Entry(host.equals("*") ? host : normalized(host).replaceFirst("^\\*?\\.", ""), port);
    }

    /** Whether this host and port are reached without a proxy. */
    boolean matches(String host, int port) {
        String name = normalized(host);
        return entries.exists(entry -> entry.port().forAll(listed -> listed == port) && covers(entry.name(), name));
    }

    private static boolean covers(String entry, String host) {
        if (entry.equals("*") || entry.equals(host)) {
            return true;
        }
        if (!isAddress(host)) {
            return !entry.isEmpty() && host.endsWith("." + entry);
        }
        Matcher block = BLOCK.matcher(entry);
        return block.matches()
                ? isAddress(block.group(1))
                        && isWithin(bytes(block.group(1)), Integer.parseInt(block.group(2)), bytes(host))
                : isAddress(entry) && Arrays.equals(bytes(entry), bytes(host));
    }

    private static boolean isWithin(byte[] block, int bits, byte[] address) {
        if (block.length != address.length || bits > 8 * block.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((block[bit / 8] ^ address[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches() && bytes(host).length > 0;
    }

    /** The bytes of an address, without a name lookup; empty if the text is not an address. */
    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException notAnAddress) {
            return new byte[0];
        }
    }

    private static String normalized(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
