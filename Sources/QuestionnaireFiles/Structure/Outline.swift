/// The ids that a questionnaire's structure has, which its texts must have too.
/// `nil` where that part of the structure could not be read: then the texts are not compared with it.
struct Outline {
    var aspects: [String]?
    /// Worded steps per aspect.
    var steps: Int?
    var levels: [String]?
    /// What domains are listed under; empty where they stand alone.
    var groups: [String]?
    var domains: [String]?
    /// Only topics that stand in the file; a shorthand domain has one without a title.
    var topics: [String]?
    var questions: [String]?
}
