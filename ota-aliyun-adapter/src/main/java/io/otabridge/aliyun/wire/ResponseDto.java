package io.otabridge.aliyun.wire;

import org.jspecify.annotations.Nullable;

/** A whole answer on the wire, which says of itself whether it is a success. */
public interface ResponseDto {

    @Nullable Boolean success();
}
