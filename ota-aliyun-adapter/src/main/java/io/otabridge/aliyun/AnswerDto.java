package io.otabridge.aliyun;

import org.jspecify.annotations.Nullable;

/** A whole answer on the wire, which says of itself whether it is a success. */
interface AnswerDto {

    @Nullable Boolean success();
}
