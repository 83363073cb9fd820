package cofre;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. By reflection: {@code sun.misc.Signal} is the only way to HUP and to a second INT, is
 * there on every JDK from 17 to 25, and cannot be named in code that is compiled without warnings.
 */
final class Signals {
    private Signals() {}

    /** Runs {@code action}, on a thread of the JVM, each time the signal comes; instead of what happened before. */
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, m, args) -> {
                        if (m.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ClassNotFoundException | NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(
                    "cannot listen for signal " + name + ": this Java has no sun.misc.Signal", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("cannot listen for signal " + name + ": the JVM keeps it for itself", e);
        }
    }
}
