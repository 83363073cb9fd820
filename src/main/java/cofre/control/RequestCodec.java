package cofre.control;

import java.util.LinkedHashMap;
import java.util.Map;

/** Requests as JSON lines and back. */
final class RequestCodec {
    /** The version of the protocol; grows when an old daemon or client could misunderstand a new one. */
    static final long VERSION = 1;

    static final String CANCEL = "cancel";
    private static final int MAX_COMMAND = 64;

    private RequestCodec() {}

    static byte[] line(String command, Map<String, ?> args) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("v", VERSION);
        map.put("command", command);
        map.put("args", args);
        return Json.line(map);
    }

    @SuppressWarnings("unchecked")
    static ControlRequest parse(byte[] line, Caller caller) throws ProtocolException {
        Map<String, Object> map = Json.parse(line);
        if (!(map.get("v") instanceof Long version)) {
            throw new ProtocolException("cannot read a request: no version vs \"v\":" + VERSION);
        }
        if (version != VERSION) {
            throw new ProtocolException("cannot read a request: version " + version + " vs " + VERSION
                    + "; use the cofre command that belongs to this daemon");
        }
        if (!(map.get("command") instanceof String command) || command.length() > MAX_COMMAND) {
            throw new ProtocolException("cannot read a request: no usable \"command\"");
        }
        Object args = map.getOrDefault("args", Map.of());
        if (!(args instanceof Map<?, ?>)) {
            throw new ProtocolException("cannot read a request: \"args\" is no object");
        }
        return new ControlRequest(command, new ControlArgs((Map<String, Object>) args), caller);
    }
}
