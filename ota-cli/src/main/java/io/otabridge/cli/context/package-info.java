/** What commands share: the environment of the process, the configuration, the selected backend and questions to the user. */
@NullMarked
package io.otabridge.cli.context;

import org.jspecify.annotations.NullMarked;
