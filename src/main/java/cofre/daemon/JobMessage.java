package cofre.daemon;

import cofre.progress.Level;

/** Something a job said. */
public record JobMessage(Level level, String text) {}
