using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers;

/// <summary>The rules of a supplier's facts. The importer holds its rows against the same rules before it copies them in.</summary>
public static class SupplierRules
{
    /// <summary>Longest tag and most tags of one kind.</summary>
    public const int LongestTag = 60, MostTags = 50;

    /// <summary>Incoterms 2020.</summary>
    public static readonly IReadOnlyList<string> Incoterms = ["EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"];

    /// <summary>Every broken rule, by its field.</summary>
    public static IEnumerable<FieldError> Faults(SupplierFacts facts)
    {
        if (facts.Currency.Length != 3 || !facts.Currency.All(char.IsAsciiLetterUpper))
        {
            yield return new(nameof(facts.Currency), $"\"{facts.Currency}\" is not a currency. Use its three letters, such as EUR.");
        }

        if (facts.Incoterm.Trim() is { Length: > 0 } incoterm && !Incoterms.Contains(incoterm))
        {
            yield return new(nameof(facts.Incoterm), $"\"{incoterm}\" is not one of the Incoterms 2020. Use {string.Join(", ", Incoterms)}.");
        }

        if (facts.DefaultLeadTimeDays is < 0 or > 1000)
        {
            yield return new(nameof(facts.DefaultLeadTimeDays), "The lead time has to be 0 to 1,000 days.");
        }

        foreach (var (field, tags) in new[] { (nameof(facts.Capabilities), facts.Capabilities), (nameof(facts.Materials), facts.Materials), (nameof(facts.Processes), facts.Processes) })
        {
            if (tags.Count > MostTags)
            {
                yield return new(field, $"{field}: at most {MostTags}; these are {tags.Count}. Keep the telling ones.");
            }

            if (tags.FirstOrDefault(t => t.Trim().Length > LongestTag) is { } tooLong)
            {
                yield return new(field, $"{field}: \"{tooLong[..20]}…\" is longer than {LongestTag} characters. Shorten it.");
            }
        }
    }
}
