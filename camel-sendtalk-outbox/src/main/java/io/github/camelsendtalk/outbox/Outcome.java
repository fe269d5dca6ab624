package io.github.camelsendtalk.outbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * What became of a claimed row; {@code record.sql} has what follows from it.
 *
 * @param claim the number of the claim by which it was sent
 * @param messageId SendTalk's id of the message, if it was taken
 * @param failure why not, else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
        long id,
        long claim,
        @Nullable String messageId,
        @JsonUnwrapped @Nullable Failure failure) {

    static Outcome of(Claimed row, @Nullable String messageId, @Nullable Failure failure) {
        return new Outcome(row.id(), row.claim().number(), StorableText.of(messageId), failure);
    }
}
