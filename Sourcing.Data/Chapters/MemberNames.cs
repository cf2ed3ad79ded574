using Sourcing.Data.Chapters.Files;

namespace Sourcing.Data.Chapters;

/// <summary>Names of people as they are kept and compared: by the same rule as the names in a report's file.</summary>
public static class MemberNames
{
    /// <inheritdoc cref="NameKey.Of"/>
    public static string Key(string name) => NameKey.Of(name);

    /// <inheritdoc cref="NameKey.Of"/>
    public static string Key(string firstName, string lastName) => NameKey.Of($"{firstName} {lastName}");

    /// <inheritdoc cref="NameKey.Tidy"/>
    public static string Tidy(string name) => NameKey.Tidy(name);
}
