using System.Globalization;
using System.Text;

namespace Sourcing.Data.Chapters;

/// <summary>Names of people as they are compared, so that spelling habits do not make two of one.</summary>
public static class MemberNames
{
    private static readonly string[] Titles = ["mr", "mrs", "ms", "dr", "prof"];

    private static readonly string[] Suffixes = ["jr", "sr", "ii", "iii", "iv"];

    /// <summary>
    /// The key of a name: composed form (NFC), spaces collapsed, lower case, without one leading mr, mrs, ms, dr or prof and without one trailing jr, sr, ii, iii or iv
    /// (with or without a full stop). Accents stay: taking them off is another step, which needs a unique answer. A name that is nothing but a title keeps it.
    /// </summary>
    public static string Key(string name)
    {
        var words = name.Normalize(NormalizationForm.FormC).ToLower(CultureInfo.InvariantCulture).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count > 1 && Titles.Contains(words[0].TrimEnd('.')))
        {
            words.RemoveAt(0);
        }

        if (words.Count > 1 && Suffixes.Contains(words[^1].TrimEnd('.')))
        {
            words[^2] = words[^2].TrimEnd(',');
            words.RemoveAt(words.Count - 1);
        }

        return string.Join(' ', words);
    }

    /// <inheritdoc cref="Key(string)"/>
    public static string Key(string firstName, string lastName) => Key($"{firstName} {lastName}");

    /// <summary>A name with single spaces, none at the ends, in composed form: as it is kept.</summary>
    public static string Tidy(string name) => string.Join(' ', name.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
