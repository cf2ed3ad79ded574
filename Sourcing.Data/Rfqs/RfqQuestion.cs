using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>Who reads the answer to a question.</summary>
public enum AnswerScope
{
    /// <summary>Whoever asked.</summary>
    Private,

    /// <summary>All suppliers of the round; who asked is not said.</summary>
    Everybody,
}

/// <summary>What a supplier asks about an RFQ while it may quote, and what the buyer says to it. The answer stays as it was sent.</summary>
public sealed class RfqQuestion
{
    /// <summary>Characters of a question.</summary>
    public const int LongestText = 2000;

    /// <summary>Characters of an answer.</summary>
    public const int LongestAnswer = 4000;

    /// <summary>The most questions of one supplier to one RFQ.</summary>
    public const int Most = 50;

    private RfqQuestion()
    {
    }

    /// <param name="text">1 to 2,000 characters.</param>
    /// <param name="byName">Who asks, as they are called now.</param>
    public RfqQuestion(Guid rfqId, Guid supplierId, int round, string text, string byName)
    {
        (Id, RfqId, SupplierId, Round, Text, ByName) = (Guid.CreateVersion7(), rfqId, supplierId, round, text.Trim(), byName);
    }

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    /// <summary>Who asks: no other supplier learns it.</summary>
    public Guid SupplierId { get; private set; }

    /// <summary>The RFQ's round in which it was asked; 1 or more.</summary>
    public int Round { get; private set; }

    public string Text { get; private set; } = "";

    public string ByName { get; private set; } = "";

    /// <summary>1 to 4,000 characters; null while it is open.</summary>
    public string? Answer { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>Who answered, as they were called then; empty while it is open.</summary>
    public string AnsweredByName { get; private set; } = "";

    /// <summary>Null while it is open.</summary>
    public AnswerScope? Scope { get; private set; }

    /// <summary>The question as all suppliers read it: the buyer may word it so that it does not tell who asked. Null unless it was answered to everybody.</summary>
    public string? PublicText { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Answers it, once.</summary>
    /// <param name="publicText">The question in words for everybody; needed for that scope, not looked at otherwise.</param>
    public void Reply(string answer, AnswerScope scope, string publicText, string byName, DateTimeOffset now)
    {
        if (AnsweredAt is not null)
        {
            throw new RefusedException($"{AnsweredByName} has answered this question already. Send an addendum if there is more to say.");
        }

        (Answer, AnsweredAt, AnsweredByName, Scope) = (answer.Trim(), now, byName, scope);
        PublicText = scope == AnswerScope.Everybody ? publicText.Trim() : null;
    }
}

/// <summary>An answer as all suppliers of its round read it: a view that holds nothing of who asked.</summary>
public sealed class RfqPublicAnswer
{
    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    public string Question { get; private set; } = "";

    public string Answer { get; private set; } = "";

    public DateTimeOffset AnsweredAt { get; private set; }

    public string AnsweredByName { get; private set; } = "";
}

/// <summary>A question on the buyer's page.</summary>
/// <param name="Supplier">Who asks.</param>
public sealed record QuestionRow(
    Guid Id, Guid SupplierId, string Supplier, int Round, string Text, string ByName, DateTimeOffset AskedAt, string? Answer, DateTimeOffset? AnsweredAt, string AnsweredByName,
    AnswerScope? Scope, string? PublicText, uint Version)
{
    /// <summary>Nobody has answered yet.</summary>
    public bool IsOpen => AnsweredAt is null;
}

/// <summary>A supplier's own question on its page.</summary>
/// <param name="Scope">Null while it is open.</param>
public sealed record OwnQuestion(Guid Id, string Text, string ByName, DateTimeOffset AskedAt, string? Answer, DateTimeOffset? AnsweredAt, string AnsweredByName, AnswerScope? Scope);

/// <summary>An answer to everybody.</summary>
public sealed record PublicAnswer(Guid Id, string Question, string Answer, DateTimeOffset AnsweredAt, string AnsweredByName);

/// <summary>What a supplier reads of questions and answers.</summary>
/// <param name="Own">Its own, the latest first.</param>
/// <param name="Public">What was answered to everybody, the latest first; its own questions among them stand in <paramref name="Own"/> alone.</param>
/// <param name="WhyNot">Why nothing can be asked; null while it can.</param>
public sealed record SupplierQuestions(IReadOnlyList<OwnQuestion> Own, IReadOnlyList<PublicAnswer> Public, string? WhyNot);
