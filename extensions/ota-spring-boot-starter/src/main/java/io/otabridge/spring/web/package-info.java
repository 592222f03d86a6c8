/** Results and failures as responses of web applications. */
@NullMarked
package io.otabridge.spring.web;

import org.jspecify.annotations.NullMarked;
