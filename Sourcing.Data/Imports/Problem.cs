using System.Text.Json.Serialization;

namespace Sourcing.Data.Imports;

/// <summary>What is wrong with one cell, how to mend it, and what it could be instead.</summary>
/// <param name="Field">Key of the field; empty for the row as a whole.</param>
/// <param name="Message">What is so: "No part with this number".</param>
/// <param name="Hint">How to mend it.</param>
/// <param name="Use">A text that would do; null where none is known.</param>
/// <param name="Unusual">May be right: confirm it or correct it.</param>
public sealed record Problem(
    string Field, string Message, string Hint,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Use = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Unusual = false);
