package io.otabridge.simulators.fleet;

import io.vavr.control.Either;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** Downloads a part of a file with {@code Range}, as a device does that resumes a download. */
final class PartialDownload {

    private static final int TIMEOUT_MILLIS = 5_000;

    private PartialDownload() {}

    /** Returns this number of bytes of a file, or why it could not be read. */
    static Either<String, byte[]> read(String url, long from, int length) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            if (length > 0) {
                connection.setRequestProperty("Range", "bytes=" + from + "-" + (from + length - 1));
            }
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
                return Either.left("status " + status);
            }
            try (InputStream body = connection.getInputStream()) {
                // Status 200 means that the whole file follows.
                body.skipNBytes(status == HttpURLConnection.HTTP_OK ? from : 0);
                byte[] bytes = body.readNBytes(length);
                if (bytes.length < length) {
                    throw new EOFException("the file is shorter than announced");
                }
                return Either.right(bytes);
            }
        } catch (IOException | IllegalArgumentException e) {
            return Either.left(e.toString());
        }
    }
}
