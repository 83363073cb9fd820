/** Small measurements, started by hand; no test looks at a clock. */
package cofre.bench;
