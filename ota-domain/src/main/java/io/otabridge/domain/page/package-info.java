/**
 * Pagination. Callers use {@link io.otabridge.domain.page.Pages}: all items as a list or a lazy stream, or a single
 * {@link io.otabridge.domain.page.Page}, which begins at a {@link io.otabridge.domain.page.PageToken}. {@link
 * io.otabridge.domain.page.CompleteListPaginator} and {@link io.otabridge.domain.page.PageIterator} are for adapters.
 */
@NullMarked
package io.otabridge.domain.page;

import org.jspecify.annotations.NullMarked;
