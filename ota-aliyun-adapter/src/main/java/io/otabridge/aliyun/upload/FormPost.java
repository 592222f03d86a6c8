package io.otabridge.aliyun.upload;

import io.otabridge.aliyun.operation.UploadForm;
import io.otabridge.client.transfer.ArtifactBody;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.TransferListener;
import io.vavr.control.Option;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The request that uploads a file with a form. The file is the last part and is streamed; the length of the request is
 * known.
 */
final class FormPost {

    private static final MediaType BINARY = MediaType.get("application/octet-stream");

    /** The object store does not use it. The name of the local file must not be sent. */
    private static final String FILE_NAME = "firmware";

    private FormPost() {}

    static Request of(UploadForm form, HttpUrl address, Artifact file, TransferListener listener) {
        MultipartBody body = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("key", form.key())
                .addFormDataPart("policy", form.policy())
                .addFormDataPart("OSSAccessKeyId", form.accessKeyId())
                .addFormDataPart("signature", form.signature())
                .addFormDataPart("success_action_status", "200")
                .addFormDataPart("file", FILE_NAME, ArtifactBody.of(file, Option.some(BINARY), listener))
                .build();
        return new Request.Builder()
                .url(address)
                .post(new OneShot(body))
                .tag(Artifact.class, file)
                .build();
    }

    /** A form is valid for a minute, so another attempt needs another form. */
    private static final class OneShot extends RequestBody {

        private final RequestBody body;

        OneShot(RequestBody body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            body.writeTo(sink);
        }
    }
}
