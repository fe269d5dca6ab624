package io.github.camelsendtalk.support;

/** What SendTalk answers, as JSON. */
public final class Answers {

    public static final String ID = "f26ccf7a-d867-b3a4-d333-117ec668718d";
    public static final String PENDING = status("pending", true);
    public static final String SENT = status("sent", false);

    private Answers() {}

    public static String accepted() {
        return accepted(ID);
    }

    public static String accepted(String id) {
        return envelope(200, "", "", "", """
                {"success": true, "message": "The message has been added to queue", "reason": "", "id": "%s"}""".formatted(id));
    }

    public static String refused(String reason) {
        return envelope(200, "", "", "", """
                {"success": false, "message": "Refused", "reason": "%s", "id": ""}""".formatted(reason));
    }

    public static String error(int status, String code, String message, String field) {
        return envelope(status, code, message, field, "{}");
    }

    private static String status(String status, boolean isPending) {
        return envelope(200, "", "", "", """
                {"status": "%s", "isPending": %s, "isSent": %s, "sentTime": 1635774548482, "currency": "IDR", "price": 100, "createdTime": 1635774547004}""".formatted(status, isPending, !isPending));
    }

    private static String envelope(int status, String code, String message, String field, String data) {
        return """
                {"status": %d, "error": {"code": "%s", "message": "%s", "field": "%s"}, "data": %s}""".formatted(status, code, message, field, data);
    }
}
