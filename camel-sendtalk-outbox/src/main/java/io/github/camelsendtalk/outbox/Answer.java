package io.github.camelsendtalk.outbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.camelsendtalk.client.MessageStatus;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * What SendTalk says of a message that was sent; {@code record-status.sql} has what follows from it.
 *
 * @param id the row
 * @param answer the status, with SendTalk's names, if there was an answer
 * @param failure why there was none, else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(
        long id,
        @Nullable MessageStatus answer,
        @JsonUnwrapped @Nullable Failure failure) {

    public static Answer of(@Variable("id") long id, @Body MessageStatus answer) {
        MessageStatus storable = new MessageStatus(
                StorableText.of(answer.status()),
                answer.isPending(),
                answer.isSent(),
                answer.sentTime(),
                StorableText.of(answer.currency()),
                answer.price(),
                answer.createdTime());
        return new Answer(id, storable, null);
    }

    /** {@code @ExchangeException} would give what the exception has suppressed. */
    public static Answer failed(@Variable("id") long id, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        return new Answer(id, null, Failure.of(cause));
    }
}
