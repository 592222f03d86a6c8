/** Auto-configuration for Spring Boot 3.5 and 4: properties, beans, and the analysis of configuration errors. */
@NullMarked
package io.otabridge.spring;

import org.jspecify.annotations.NullMarked;
