/** The health of backends for the actuators of Spring Boot 3.5 and 4. */
@NullMarked
package io.otabridge.spring.health;

import org.jspecify.annotations.NullMarked;
