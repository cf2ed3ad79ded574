namespace Sourcing.Data.Chapters.Files;

/// <summary>What became of a name in a report.</summary>
public enum PartyState
{
    /// <summary>Nobody stands there, and nobody needs to.</summary>
    Nobody,

    /// <summary>A member of the chapter.</summary>
    Member,

    /// <summary>Somebody of another chapter, or a guest.</summary>
    External,

    /// <summary>No member has this name: assign, create, or say external.</summary>
    Unknown,

    /// <summary>Several members have this name: choose.</summary>
    Ambiguous,
}

/// <summary>A name in a report and who it is.</summary>
/// <param name="Text">As written, with single spaces.</param>
/// <param name="Member">Only with <see cref="PartyState.Member"/>.</param>
/// <param name="Chapter">The other chapter of an external; empty if not said.</param>
/// <param name="Candidates">Members to choose from where it is ambiguous.</param>
public sealed record PartyReading(string Text, PartyState State, Guid? Member = null, string Chapter = "", IReadOnlyList<Guid>? Candidates = null)
{
    public static PartyReading Nobody { get; } = new("", PartyState.Nobody);

    /// <summary>Nothing has to be asked.</summary>
    public bool IsResolved => State is not (PartyState.Unknown or PartyState.Ambiguous);

    /// <summary>The same for the same person, whatever the spelling.</summary>
    public string Identity => Member is { } id ? id.ToString("N") : State == PartyState.Nobody ? "" : $"{NameKey.Of(Text)}@{NameKey.Of(Chapter)}";
}

/// <summary>Somebody a name can mean.</summary>
public sealed record KnownName(Guid Member, string Name);

/// <summary>What somebody decided about a name that was asked for.</summary>
/// <param name="Name">As written in the report.</param>
/// <param name="Member">The member meant; null for somebody external.</param>
/// <param name="Chapter">Of the external; may be empty.</param>
public sealed record NameDecision(string Name, Guid? Member, string Chapter = "");

/// <summary>
/// Finds members by name: by key, then by alias, then by the key without accents where that is one person alone. Nothing fuzzier: everything else is a question.
/// </summary>
public sealed class NameBook
{
    private readonly ILookup<string, Guid> _keys;
    private readonly ILookup<string, Guid> _aliases;
    private readonly ILookup<string, Guid> _plain;
    private readonly Dictionary<string, NameDecision> _decisions;
    private readonly Dictionary<string, PartyReading> _found = new(StringComparer.Ordinal);

    /// <param name="members">Present and past members of the chapter.</param>
    /// <param name="aliases">Other spellings.</param>
    /// <param name="decisions">Answers given for this import; they come before everything else.</param>
    public NameBook(IEnumerable<KnownName> members, IEnumerable<KnownName>? aliases = null, IEnumerable<NameDecision>? decisions = null)
    {
        var all = members.ToList();
        _keys = all.ToLookup(m => NameKey.Of(m.Name), m => m.Member);
        _plain = all.ToLookup(m => NameKey.Plain(m.Name), m => m.Member);
        _aliases = (aliases ?? []).ToLookup(a => NameKey.Of(a.Name), a => a.Member);
        _decisions = [];
        foreach (var decision in decisions ?? [])
        {
            _decisions[NameKey.Of(decision.Name)] = decision;
        }
    }

    /// <summary>Who a name means.</summary>
    public PartyReading Find(string name)
    {
        if (_found.TryGetValue(name, out var known))
        {
            return known;
        }

        var (text, key) = (NameKey.Tidy(name), NameKey.Of(name));
        var party = text.Length == 0 ? PartyReading.Nobody
            : _decisions.TryGetValue(key, out var decided) ? new(text, decided.Member is null ? PartyState.External : PartyState.Member, decided.Member, decided.Chapter)
            : Among(text, _keys[key]) ?? Among(text, _aliases[key]) ?? Among(text, _plain[NameKey.Plain(name)]) ?? new(text, PartyState.Unknown);
        return _found[name] = party;
    }

    private static PartyReading? Among(string text, IEnumerable<Guid> members) => members.Distinct().ToList() switch
    {
        [] => null,
        [var one] => new(text, PartyState.Member, one),
        var several => new(text, PartyState.Ambiguous, Candidates: several),
    };
}
