package org.funkstille.proof.read;

/** @param name what an owner knows it by: the file's name */
public record SourceText(String name, String text) {}
