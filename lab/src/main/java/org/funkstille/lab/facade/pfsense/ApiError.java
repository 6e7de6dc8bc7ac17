package org.funkstille.lab.facade.pfsense;

/** What the API answers instead of data. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String responseId;

    /** @param responseId the stable name of the reason */
    ApiError(int code, String responseId, String message) {
        super(message);
        this.code = code;
        this.responseId = responseId;
    }

    static ApiError invalid(String responseId, String message) {
        return new ApiError(400, responseId, message);
    }

    static ApiError notFound(String what) {
        return new ApiError(404, "MODEL_OBJECT_NOT_FOUND", what);
    }

    int code() {
        return code;
    }

    String responseId() {
        return responseId;
    }
}
