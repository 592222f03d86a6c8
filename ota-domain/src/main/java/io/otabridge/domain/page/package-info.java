/**
 * Lists that come in pages. {@link io.otabridge.domain.page.Page} is one of them, {@link io.otabridge.domain.page.PageWalk}
 * makes a lazy stream of all. Where a page begins is a {@link io.otabridge.domain.page.PageToken}, which only the adapter
 * that made it can read.
 */
@NullMarked
package io.otabridge.domain.page;

import org.jspecify.annotations.NullMarked;
