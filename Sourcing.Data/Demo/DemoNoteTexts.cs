namespace Sourcing.Data.Demo;

/// <summary>Invented sentences of which the demo's notes are made.</summary>
internal static class DemoNoteTexts
{
    public static readonly string[] Spoken =
    [
        "{who} called back.", "Spoke with {who}.", "Short call with {who} between two meetings.", "{who} rang about the last delivery.", "Went through the open points with {who}.",
        "{who} was in a hurry.", "Long talk with {who}.", "Met {who} and the head of production.", "{who} had the numbers ready.", "Reached {who} at the second try.",
    ];

    public static readonly string[] Written =
    [
        "{who} wrote.", "Mail from {who}.", "Answered {who}'s mail.", "{who} sent the new specification.", "Sent {who} the data sheet.", "{who} asks by mail.", "Forwarded {who} the dates.",
    ];

    public static readonly string[] Seen =
    [
        "Visited {who} at the works.", "Walked the cutting room with {who}.", "Looked at the returned rolls with {who}.", "At the customer's with {who}.", "{who} showed the new line.", "Half a day on site with {who}.",
    ];

    public static readonly string[] Matters =
    [
        "Wants the navy lot two weeks earlier.", "Accepts a part delivery of {n} %.", "Asks for combed yarn in two more counts.", "Price stays, volume goes up by {n} %.", "Shade of lot {n} was a little off; they will use it for linings.",
        "Competes with an offer from overseas, freight not included.", "Needs {n} kg for samples.", "Plans the spring programme and expects {n} rolls a month.", "Unhappy with the packaging: cones slipped on {n} pallets.",
        "Zips arrived late; the line stood for half a day.", "Would take organic cotton at a premium of {n} cents.", "Asks for the certificate before the audit.", "Budget is frozen until the end of the quarter.",
        "Changes supplier of labels and wants a proposal.", "Dyeing capacity is short there as well.", "Needs a second source for elastic tape.", "Complains about pilling on jersey of lot {n}.", "Wants to fix the price for six months.",
        "Will order {n} m of twill if the hand feel is right.", "Thinks about a call-off contract.", "Holiday shutdown for two weeks; no deliveries then.", "New buyer starts next month.", "Payment of the last invoice is on its way.",
        "Asks whether we can take back {n} unused cones.", "The trial went well: no breaks at full speed.", "Wants the colour card as a real card, not a file.", "Looks for recycled polyester, {n} kg to begin with.",
    ];

    public static readonly string[] Closings =
    [
        "Decision within two weeks.", "Sounded pleased.", "They compare two more offers.", "To be confirmed in writing.", "Nothing urgent.", "Has to ask the works first.", "We agreed to talk again.", "Quality will send photographs.",
        "Margin is thin but the volume is worth it.", "The date matters more than the price.", "Keep an eye on the credit limit.", "No need to hurry.", "They want one contact for everything.",
    ];

    public static readonly string[] Actions =
    [
        "Send revised lead times", "Call about the order for spring", "Send sample swatches", "Visit about the sample complaint", "Confirm the delivery date", "Send the offer for the second count", "Ask the buyer for the part-delivery dates",
        "Send the certificate", "Check the price for six months", "Bring the colour card", "Ask how the trial went", "Agree on the packaging", "Send photographs of the lot to quality", "Propose a call-off contract",
        "Call the new buyer", "Follow up on the open offer", "Book a visit", "Ask about the forecast for the quarter", "Send the data sheet in the new version", "Call about the unpaid invoice",
    ];
}
