/** Tests of Spring Boot applications with backends in memory. */
@NullMarked
package io.otabridge.spring.test;

import org.jspecify.annotations.NullMarked;
