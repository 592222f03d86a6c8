/** Files that belong to one user, and lines of JSON in them. For the other packages of this module. */
@NullMarked
package io.otabridge.app.file;

import org.jspecify.annotations.NullMarked;
