package io.github.camelsendtalk.example.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkMessageNotFoundException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * What SendTalk says of a message that was sent, as {@code record-status.sql} writes it down.
 *
 * @param id the row
 * @param status with SendTalk's names, or null if there was no answer
 * @param last whether nothing more is to be asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(
        long id,
        @Nullable MessageStatus status,
        @Nullable String exception,
        @Nullable String reason,
        boolean last) {

    /** Final is what no longer waits to be sent. */
    public static Answer of(@Variable("id") long id, @Body MessageStatus status) {
        return new Answer(id, status, null, null, Boolean.FALSE.equals(status.isPending()));
    }

    /** No answer: it is asked again, unless SendTalk does not know the message. */
    public static Answer failed(@Variable("id") long id, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception e) {
        String reason = e instanceof SendTalkException ? e.getMessage() : null;
        return new Answer(
                id, null, e.getClass().getSimpleName(), reason, e instanceof SendTalkMessageNotFoundException);
    }
}
