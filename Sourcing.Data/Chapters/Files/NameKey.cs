using System.Globalization;
using System.Text;

namespace Sourcing.Data.Chapters.Files;

/// <summary>How names are compared between a report and the list of members.</summary>
public static class NameKey
{
    private static readonly HashSet<string> Titles = ["mr", "mrs", "ms", "dr", "prof"];
    private static readonly HashSet<string> Suffixes = ["jr", "sr", "ii", "iii", "iv"];

    /// <summary>
    /// NFC, spaces collapsed, capitals folded, one leading title (mr, mrs, ms, dr, prof) and one trailing suffix (jr, sr, ii, iii, iv) taken off, each with or
    /// without a point. A name that is nothing else is left as it is.
    /// </summary>
    public static string Of(string name)
    {
        var words = Tidy(name).ToUpperInvariant().ToLowerInvariant().Split(' ').ToList();
        if (words.Count > 1 && Titles.Contains(words[0].TrimEnd('.')))
        {
            words.RemoveAt(0);
        }

        if (words.Count > 1 && Suffixes.Contains(words[^1].TrimEnd('.')))
        {
            words.RemoveAt(words.Count - 1);
            words[^1] = words[^1].TrimEnd(',');
        }

        return string.Join(' ', words);
    }

    /// <summary>The key without accents: é and e are one. Letters of their own (ß, æ) stay.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var c in Of(name).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(c switch { 'ø' => 'o', 'ł' => 'l', 'đ' => 'd', _ => c });
            }
        }

        return plain.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>NFC and single spaces, otherwise as written.</summary>
    public static string Tidy(string text) => string.Join(' ', text.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
