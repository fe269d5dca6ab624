package io.github.camelsendtalk.ledger.comparison;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.telegram.TelegramComponent;
import org.apache.camel.component.telegram.TelegramConstants;
import org.jspecify.annotations.Nullable;

/** Telegram's API, with camel-telegram. */
final class Telegram implements Contender {

    @Override
    public String title() {
        return "camel-telegram";
    }

    @Override
    public String accepted(Letter letter) {
        return """
                {"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":%s,"type":"private"},"text":"%s"}}""".formatted(letter.recipient(), letter.text());
    }

    @Override
    public String refused() {
        return """
                {"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""";
    }

    @Override
    public RouteBuilder route(Target target) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                TelegramComponent component = getContext().getComponent("telegram", TelegramComponent.class);
                component.setAuthorizationToken(target.secret());
                component.setBaseUri(target.baseUrl());

                from(ENTRY)
                        .setHeader(TelegramConstants.TELEGRAM_CHAT_ID, header(RECIPIENT))
                        .to("telegram:bots" + target.options());
            }
        };
    }

    @Override
    public @Nullable String deadlineOption(Duration deadline) {
        return null;
    }
}
