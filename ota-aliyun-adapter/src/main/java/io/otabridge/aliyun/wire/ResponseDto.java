package io.otabridge.aliyun.wire;

import org.jspecify.annotations.Nullable;

/** A response on the wire that reports whether it is a success. */
public interface ResponseDto {

    @Nullable Boolean success();
}
