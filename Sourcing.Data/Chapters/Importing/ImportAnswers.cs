using System.Text.Json;
using System.Text.Json.Serialization;
using Sourcing.Data.Chapters.Files;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>How a question of an import is answered.</summary>
public enum AnswerKind
{
    /// <summary>A name: this member is meant.</summary>
    Member,

    /// <summary>A name: somebody new, who becomes a member with the import.</summary>
    NewMember,

    /// <summary>A name: somebody outside the chapter.</summary>
    External,

    /// <summary>A confirmation.</summary>
    Yes,

    /// <summary>The rows stay out.</summary>
    LeaveOut,
}

/// <summary>An answer as it is kept.</summary>
/// <param name="Member">The member meant; of a new one the key by which the reading calls them until they are made.</param>
internal sealed record IssueAnswer(AnswerKind Kind, Guid? Member = null, string First = "", string Last = "", DateOnly? Joined = null, string Chapter = "", bool Remember = false)
{
    private static readonly JsonSerializerOptions Shape = new() { Converters = { new JsonStringEnumConverter() } };

    [JsonIgnore]
    public string Json => JsonSerializer.Serialize(this, Shape);

    public static IssueAnswer? Of(string? json) => json is null ? null : JsonSerializer.Deserialize<IssueAnswer>(json, Shape);
}

/// <summary>All that was answered for one upload, as the reading needs it.</summary>
internal sealed class BatchAnswers
{
    private readonly Dictionary<string, IssueAnswer> _names = [];
    private readonly Dictionary<string, string> _texts = [];

    public BatchAnswers(IEnumerable<RowIssue> issues)
    {
        foreach (var issue in issues)
        {
            var answer = IssueAnswer.Of(issue.Answer);
            if (answer?.Kind == AnswerKind.LeaveOut && issue.Row is { } row)
            {
                LeftOut.Add(row);
            }
            else if (answer is not null && issue.Effect == IssueEffect.Assign)
            {
                var key = NameKey.Of(issue.Value);
                (_names[key], _texts[key]) = (answer, issue.Value);
            }
        }
    }

    /// <summary>Rows that stay out because somebody said so.</summary>
    public HashSet<int> LeftOut { get; } = [];

    /// <summary>Who is meant by each name that was answered.</summary>
    public IEnumerable<NameDecision> Decisions => _names.Select(n => new NameDecision(n.Key, n.Value.Member, n.Value.Chapter));

    /// <summary>Those who become members, by the key that stands for them.</summary>
    public IEnumerable<IssueAnswer> NewMembers => _names.Values.Where(a => a.Kind == AnswerKind.NewMember).DistinctBy(a => a.Member);

    /// <summary>Spellings to be remembered, with whom they mean.</summary>
    public IEnumerable<(string Text, Guid Member)> Spellings => _names.Where(n => n.Value is { Kind: AnswerKind.Member, Remember: true }).Select(n => (_texts[n.Key], n.Value.Member!.Value));
}

/// <summary>What an import did besides its own rows, so that it can be taken back.</summary>
internal sealed record BatchTrace
{
    /// <summary>Slips and visits that the batch before had brought already, and that were taken over.</summary>
    public IReadOnlyList<Guid> Kept { get; init; } = [];

    /// <summary>Codes that the batch before had brought already, and that were taken over.</summary>
    public IReadOnlyList<Guid> KeptMarks { get; init; } = [];

    /// <summary>Slips and visits of the batch before that were taken out.</summary>
    public IReadOnlyList<Guid> Gone { get; init; } = [];

    /// <summary>Codes of the batch before that were taken away.</summary>
    public IReadOnlyList<TracedMark> GoneMarks { get; init; } = [];

    /// <summary>Members that were made.</summary>
    public IReadOnlyList<Guid> Members { get; init; } = [];

    /// <summary>Spellings that were learnt.</summary>
    public IReadOnlyList<Guid> Aliases { get; init; } = [];

    /// <summary>Meetings that were put on the calendar.</summary>
    public IReadOnlyList<Guid> Meetings { get; init; } = [];

    /// <summary>Meetings that became complete.</summary>
    public IReadOnlyList<Guid> Completed { get; init; } = [];

    /// <summary>Sponsors that were set.</summary>
    public IReadOnlyList<TracedSponsor> Sponsors { get; init; } = [];

    [JsonIgnore]
    public string Json => JsonSerializer.Serialize(this);

    public static BatchTrace Of(string json) => JsonSerializer.Deserialize<BatchTrace>(json) ?? new();
}

/// <summary>A code that was taken away.</summary>
internal sealed record TracedMark(Guid Meeting, Guid Member, AttendanceCode Code, string Substitute);

/// <summary>A sponsor who was set, and whom the member had before.</summary>
internal sealed record TracedSponsor(Guid Member, Guid? Before, Guid After);
