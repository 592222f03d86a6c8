/**
 * JSON of results and failures, as in docs/json.md. {@link io.otabridge.jackson.OtaJackson2Module} is for Jackson 2,
 * {@link io.otabridge.jackson.OtaJackson3Module} for Jackson 3; Jackson finds them on the class path.
 */
@NullMarked
package io.otabridge.jackson;

import org.jspecify.annotations.NullMarked;
