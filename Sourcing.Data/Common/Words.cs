using System.Text;

namespace Sourcing.Data.Common;

/// <summary>Names between C#, the database and people: PartiallyReceived, partially_received, Partly received.</summary>
public static class Words
{
    /// <summary>PartiallyReceived becomes partially_received.</summary>
    public static string Snake(string pascal) => Split(pascal, '_').ToLowerInvariant();

    /// <summary>PartiallyReceived becomes Partly received.</summary>
    public static string Spaced(string pascal)
    {
        var words = Split(pascal, ' ').ToLowerInvariant().Replace("partially ", "partly ", StringComparison.Ordinal);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The words of an enum value, as shown to people.</summary>
    public static string Spaced<TEnum>(TEnum value) where TEnum : struct, Enum => Spaced(value.ToString());

    /// <summary>The opposite of <see cref="Snake"/> for an enum; null for a word it does not have.</summary>
    public static object? FromSnake(Type type, string snake)
    {
        var name = Enum.GetNames(type).FirstOrDefault(n => Snake(n) == snake);
        return name is null ? null : Enum.Parse(type, name);
    }

    private static string Split(string pascal, char between)
    {
        var text = new StringBuilder(pascal.Length + 8);
        for (var i = 0; i < pascal.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(pascal[i]) && (!char.IsUpper(pascal[i - 1]) || (i + 1 < pascal.Length && char.IsLower(pascal[i + 1])));
            if (startsWord)
            {
                text.Append(between);
            }

            text.Append(pascal[i]);
        }

        return text.ToString();
    }
}
